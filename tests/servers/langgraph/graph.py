"""A graph without a model: it counts, and stops for a question when it is asked to."""

from typing import Annotated, TypedDict
import operator

from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt


class State(TypedDict, total=False):
    notes: Annotated[list[str], operator.add]
    count: int
    ask: bool


def count(state):
    write = get_stream_writer()
    for number in range(3):
        write({"number": number})
    return {"notes": ["counted"], "count": state.get("count", 0) + 1}


def ask(state):
    if not state.get("ask"):
        return {"notes": ["not asked"]}
    return {"notes": ["answered " + interrupt("what?")], "ask": False}


graph = StateGraph(State)
graph.add_node("count", count)
graph.add_node("ask", ask)
graph.add_edge(START, "count")
graph.add_edge("count", "ask")
graph.add_edge("ask", END)
counter = graph.compile()
