export { type Compared, compareTemplates, type Drift, driftOf } from "./rules/compare.ts";
export { conversations } from "./rules/conversations.ts";
export { templateRules } from "./rules/index.ts";
export type { Conversation, LooseMessage, Rule, Severity, Subject } from "./rules/rule.ts";
export { isError, type Reported, type RuleReport, runRules } from "./rules/run.ts";
export { createSubject } from "./rules/subject.ts";
export { readSuppressions } from "./rules/suppressions.ts";
export { readServerTemplate, readTemplate, type TemplateSource, templateDrift } from "./sources/index.ts";
