"""From a model to a roster, a score and an honest bound: greedy start, CP-SAT, large neighbourhoods."""
