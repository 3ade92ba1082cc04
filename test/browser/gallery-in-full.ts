/** Every article of the gallery, in every look: minutes, and so no part of `npm test`. */
import { gallerySlugs } from '../gallery/gallery.ts'
import { articlesStand } from './articles.ts'

articlesStand('the articles of the gallery', gallerySlugs())
