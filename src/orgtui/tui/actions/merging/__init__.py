"""Deciding the conflicts of a merge of plans, one by one."""
