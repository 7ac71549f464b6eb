"""Where higher apps hang their part of the API: a router by name, added in `AppConfig.ready`.

A router's paths begin under /api/v1/ itself. Its GET operations are open to everyone and counted against the rate
limit; the answers for refusals (problem JSON) are documented for it. Operations that write pass `auth=WRITES`; those
that give a member what is theirs alone lie under me/ and pass `auth=OWN`.
"""

from ninja import Router

from community.core.registry import Registry

routers: Registry[Router] = Registry("API routers")
