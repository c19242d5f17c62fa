"""The leg on the screen: its art, its layers and the body map."""
