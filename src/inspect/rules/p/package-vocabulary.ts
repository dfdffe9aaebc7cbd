import type { Vocabulary } from "../../../templates/index.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** What `@huggingface/jinja` 0.5.11 knows (`runtime.ts` there), whatever the type of the value. */
export const PACKAGE_VOCABULARY: Vocabulary = {
  filters: words(
    "abs bool capitalize default dictsort endswith first float get indent int items join keys last length list lower lstrip map " +
      "rejectattr replace reverse rstrip safe selectattr sort split startswith string strip title tojson trim unique upper values",
  ),
  tests: words(
    "boolean callable defined eq equalto even false integer iterable lower mapping none number odd sequence string true undefined upper",
  ),
  functions: words("namespace raise_exception range strftime_now"),
  methods: words(
    "capitalize dictsort endswith get items keys lower lstrip replace rstrip split startswith strip title upper values",
  ),
  loop: words("first index index0 last length nextitem previtem revindex revindex0"),
};
