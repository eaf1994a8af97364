"""What do the tests share? Real PostgreSQL, a real browser, the network guard and the rule against skips."""
