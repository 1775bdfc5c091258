"""Frozen values that the stages hand to one another; nothing here touches disk or clock."""
