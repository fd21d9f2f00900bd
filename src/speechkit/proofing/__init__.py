"""Proofreading (校对): rules over a text as read, each finding with its place and what to write instead."""
