/** Whether a topic is one that the filter means. */
export type TopicMatcher = (topic: string) => boolean

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * A filter of MQTT made ready, with `+` for a level and `#` for all levels from there (§4.7.1): topics are looked at for
 * each publish. Takes time that is linear in the topic: a level ends at its slash.
 */
export const topicMatcher = (filter: string): TopicMatcher => {
  if (!/[+#]/.test(filter)) return (topic) => topic === filter
  const levels = filter.split('/').map((level) => (level === '+' ? '[^/]*' : escaped(level)))
  const hasRest = filter === '#' || filter.endsWith('/#')
  if (hasRest) levels.pop()
  // "a/#" means a itself too.
  const rest = hasRest ? (levels.length > 0 ? '(?:/[^]*)?' : '[^]*') : ''
  // [MQTT-4.7.2-1]: a filter that begins with a wildcard means no topic that begins with $.
  const pattern = new RegExp(`^${/^[+#]/.test(filter) ? '(?!\\$)' : ''}${levels.join('/')}${rest}$`)
  return (topic) => pattern.test(topic)
}
