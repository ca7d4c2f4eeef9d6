import { memoryTokenCache } from "../../src/cache/memory-token-cache.ts";
import { TokenEngine } from "../../src/engine/token-engine.ts";
import { EventSink } from "../../src/events/event-sink.ts";
import { createLogger } from "../../src/events/logger.ts";
import { resolveSettings } from "../../src/options/resolve-settings.ts";

/** What the model drives. A run with a seeded fault loads these modules once more, changed: see parts-with.ts. */
export const engineParts = { TokenEngine, EventSink, createLogger, resolveSettings, memoryTokenCache };

export type EngineParts = typeof engineParts;
