"""How did the schema grow? One file per step, applied in order; a step that was released is never edited."""
