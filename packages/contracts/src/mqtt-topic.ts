/**
 * Whether a text is an MQTT topic filter: `+` stands for a whole level, `#` for all from the last level on
 * ([MQTT-4.7.1-1] to [MQTT-4.7.1-3], [MQTT-4.7.3-1], [MQTT-4.7.3-2]).
 */
export const isTopicFilter = (text: string): boolean => {
  if (text === '' || text.includes('\0')) return false
  const levels = text.split('/')
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1
    return level === '+' || !/[+#]/.test(level)
  })
}
