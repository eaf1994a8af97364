"""The vocabulary of rostering: plain, frozen, validated values that stand on the standard library only."""
