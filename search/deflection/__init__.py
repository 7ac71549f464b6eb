"""The record of deflection: what people in need of help were shown, what they did, and what the brand reads of it."""
