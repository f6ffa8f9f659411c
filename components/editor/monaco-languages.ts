/**
 * The languages the editor colours, by the names in `Language.editor`. A new language is one more line here;
 * `ls node_modules/monaco-editor/esm/vs/languages/definitions` shows what there is. `cpp` brings C as well.
 */
import "monaco-editor/languages/definitions/cpp/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/typescript/register";
