"""The GraphQL face: what clients see, translated onto `graph.memory.Memory`. It knows no HTTP."""
