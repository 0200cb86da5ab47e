"""What opens Northwind's zones at the sandbox's OVH."""

KEYS = {
    "application_key": "sandboxAppKey001",
    "application_secret": "sandboxAppSecret0123456789abcdef0",
    "consumer_key": "sandboxConsumerKeyNorthwind0000001",
}
