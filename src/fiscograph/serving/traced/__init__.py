"""The pages of tracing."""
