export { readTrace } from "./reader.ts";
export { createTraceWriter } from "./writer.ts";
