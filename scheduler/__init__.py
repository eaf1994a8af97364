"""Staffing scheduler: who works where and when, by availability and need."""
