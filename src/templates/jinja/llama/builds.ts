/** The newest build of llama.cpp that this engine was compared with; what it does newer ones are taken to do. */
export const NEWEST_BUILD = 11549;
