// The stores of this package, behind `lazyTokenCache`: in one piece, since a file costs more than what is in it.
export { BlobRecords } from "./blob/blob-records.ts";
export { MemoryRecords } from "./memory-records.ts";
