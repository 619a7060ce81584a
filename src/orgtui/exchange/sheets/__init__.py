"""Skills, shares of functions, goals and handoffs from sheets, one module a kind."""
