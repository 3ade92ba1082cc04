/** Whether a page is valid HTML, by html-validate: one sentence for each fault, with its place. */
import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // HTML does not mind.
    'doctype-style': 'off',
    // Saved outputs are shown with the blanks they have.
    'no-trailing-whitespace': 'off',
    // Titles are findings, and numbers are no telephone numbers.
    'long-title': 'off',
    'tel-non-breaking': 'off',
  },
})

export async function validate(text: string, page: string): Promise<string[]> {
  const { results } = await validator.validateString(text, page)
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, message, ruleId }) => `${page}:${line}:${column}: ${message} [${ruleId}]`),
  )
}
