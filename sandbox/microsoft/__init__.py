"""Microsoft as a provider of the CSP programme meets it: login, Partner Center, Graph."""
