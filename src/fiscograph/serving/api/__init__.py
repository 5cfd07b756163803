"""What programs ask besides SPARQL, described in OpenAPI."""
