import { Marked } from 'marked'

const marked = new Marked({ gfm: true, breaks: false, async: false })

/** Markdown as markup, not yet made harmless. */
export const markdownToHtml = (text: string): string => {
  const html = marked.parse(text, { async: false })
  return typeof html === 'string' ? html : ''
}

/** Templates of another framework, which stay as they are written: the person should know why. */
export const hasTemplateCode = (markup: string): boolean =>
  /\{\{[\s\S]*?\}\}|\*ng(?:If|For)\b|\[ngClass\]|@(?:if|for)\s*\([\s\S]*?\)\s*\{|<tb-[a-z]/.test(markup)

export const hasScript = (markup: string): boolean => /<script[\s>/]/i.test(markup)
