"""From a policy document number to projects, units and amounts, as rows and as a graph."""

from fiscograph.tracing.number import normal_form
from fiscograph.tracing.trace import FundedProject, Mention, Trace, trace

__all__ = ["FundedProject", "Mention", "Trace", "normal_form", "trace"]
