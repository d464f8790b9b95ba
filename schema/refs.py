"""The node types by forward reference, since they lead to each other in circles."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from schema.change import Change
    from schema.entity import Entity
    from schema.episode import Episode
    from schema.fact import Fact
    from schema.session import Session
    from schema.work import Work

EntityRef = Annotated["Entity", strawberry.lazy("schema.entity")]
FactRef = Annotated["Fact", strawberry.lazy("schema.fact")]
EpisodeRef = Annotated["Episode", strawberry.lazy("schema.episode")]
SessionRef = Annotated["Session", strawberry.lazy("schema.session")]
ChangeRef = Annotated["Change", strawberry.lazy("schema.change")]
WorkRef = Annotated["Work", strawberry.lazy("schema.work")]
