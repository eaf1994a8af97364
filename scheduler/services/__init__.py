"""The use cases: one function is one use case, one transaction, for one viewer who may do it."""
