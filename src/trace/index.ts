export { readTrace } from "./reader.ts";
export { createTraceWriter, type TraceWriter, type TraceWriterOptions } from "./writer.ts";
