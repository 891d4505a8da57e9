type Stored = Readonly<Record<string, unknown>>

const targetOf = (fqn: string, settings: Stored): 'server' | 'shared' | 'timeseries' => {
  if (fqn.endsWith('_timeseries')) return 'timeseries'
  if (fqn.endsWith('update_json_attribute')) {
    if (settings.widgetMode === 'TIME_SERIES') return 'timeseries'
    return settings.attributeScope === 'SHARED_SCOPE' ? 'shared' : 'server'
  }
  return fqn.includes('_shared_') ? 'shared' : 'server'
}

const kindOf = (fqn: string, settings: Stored): string => {
  if (fqn.includes('json')) return 'JSON'
  if (fqn.includes('boolean')) return 'booleanSwitch'
  if (fqn.includes('_date_')) return settings.showTimeInput === false ? 'date' : 'dateTime'
  return fqn.includes('integer') ? 'integer' : fqn.includes('double') ? 'double' : 'string'
}

/** A widget for one value of one kind is a form of one field. */
export const upgradeSingle = (settings: Stored, fqn: string): Record<string, unknown> => {
  if (fqn.endsWith('update_multiple_attributes') || fqn === 'update-attributes') return { ...settings }
  const kind = kindOf(fqn, settings)
  return {
    ...settings,
    fieldsInRow: 1,
    single: {
      ...settings,
      dataKeyType: targetOf(fqn, settings),
      dataKeyValueType: kind,
      // Whole files carry nothing at all where nothing was changed.
      required: settings.isRequired ?? settings.attributeRequired ?? !/^(boolean|date)/.test(kind),
      label: settings.showLabel === false ? '' : (settings.labelValue ?? ''),
    },
  }
}
