"""How fast a volume of evidence is bound, against a bare merge of the same scans."""
