/** The articles of the gallery that strain a page most. All of them: gallery-in-full.ts, which `npm run browser` runs. */
import { articlesStand } from './articles.ts'

articlesStand('pages that strain the design', ['long-names', 'right-to-left', 'prose', 'unread'])
