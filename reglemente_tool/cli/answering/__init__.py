"""Who answers for what: of one register, of many, and as a map."""
