async def run_entities(memory, folder): return []
