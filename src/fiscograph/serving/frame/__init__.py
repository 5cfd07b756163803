"""The frame of every page: template, language, navigation, style, words."""
