"""One release on the web: pages, data and SPARQL under the same addresses."""

from fiscograph.serving.app import create_app
from fiscograph.serving.data.problems import PortInUse
from fiscograph.serving.operation.events import LogFormat
from fiscograph.serving.server import serve
from fiscograph.serving.site import Site, public_limits

__all__ = ["LogFormat", "PortInUse", "Site", "create_app", "public_limits", "serve"]
