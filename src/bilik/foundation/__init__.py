"""What every domain stands on: errors, language, readers, sources, the chart and document kits."""
