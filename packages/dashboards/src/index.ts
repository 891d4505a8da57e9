export {
  type ActionButton,
  buttonTypes,
  type StatePresentation,
  type WidgetAction,
  type WidgetActionKind,
} from './actions/model.ts'
export { readAction, readActions } from './actions/read.ts'
export { type AliasDefinition, type AliasFilterType, aliasFilterTypes } from './aliases/model.ts'
export { aliasesOfWidget } from './aliases/of-widget.ts'
export { type AliasContext, type AliasPlan, paramOfAlias, planAlias, type UnresolvedReason } from './aliases/plan.ts'
export { convertData } from './control/convert.ts'
export type { ReadConvert, ValueRead, ValueWrite, WriteData } from './control/model.ts'
export {
  defaultFileLimits,
  type FileDashboard,
  type FileEntry,
  type FileLimits,
  type FileProblem,
  type FileResult,
  type OtherKind,
  readDashboardFile,
} from './document/file.ts'
export {
  type AlarmFilter,
  type BreakpointId,
  breakpointIds,
  type DashboardDataKey,
  type DashboardDatasource,
  type DashboardDocument,
  type DashboardLayout,
  type DashboardSettings,
  type DashboardState,
  type DashboardWidget,
  type DocumentRemark,
  type DocumentReport,
  type GridSettings,
  type LayoutDimension,
  type LayoutGrid,
  type LayoutItem,
  type TargetDevice,
  type WidgetCard,
  type WidgetKind,
} from './document/model.ts'
export { readDashboard } from './document/read.ts'
export { titleOf, titlePathOf } from './document/widget-title.ts'
export type { FilterDefinition, FilterInput } from './filters/model.ts'
export { queryFilters } from './filters/read.ts'
export { type FunctionSource, functionSourceSchema, readFunction } from './functions/source.ts'
export { type FormatToken, fillTokens, type TokenContext } from './labels/tokens.ts'
export { withoutTranslations } from './labels/translations.ts'
export { thinPoints } from './series/thin.ts'
export { type EntityParam, noParams, type StateEntry, type StateParams } from './states/model.ts'
export {
  backTo,
  formatStates,
  type OpenTarget,
  openState,
  paramsFor,
  parseStates,
  readStateParams,
  stateTitle,
  updateState,
  writeStateParams,
} from './states/stack.ts'
export { lastChoices, quickChoices } from './time-window/choices.ts'
export { allowedIntervals, bucketStart, bucketsOf, intervalOf, msOfInterval } from './time-window/interval.ts'
export {
  type GroupInterval,
  type QuickInterval,
  quickIntervals,
  type TimeWindowModel,
  type WindowSpan,
} from './time-window/model.ts'
export { formatWindowParam, parseWindowParam } from './time-window/param.ts'
export { type Comparison, comparisonRange, comparisons, rangeOf, type WindowRange } from './time-window/range.ts'
export {
  defaultTimeWindow,
  isTimeZone,
  readGroupInterval,
  readTimeWindow,
  writeTimeWindow,
} from './time-window/read.ts'
export { fromWallClock, toWallClock } from './time-window/wall-clock.ts'
export { type QuantityName, quantityNames, unitChoices, unitsLike } from './units/choices.ts'
export { convertUnit, inSystem } from './units/convert.ts'
export { dayOf, moveRange, rangeOfDays, rangeUpTo, type TimeStep, timeSteps } from './time-window/step.ts'
export { type UnitSetting, type UnitSystem, unitSystems } from './units/model.ts'
export { quantities as unitQuantities } from './units/quantities.ts'
export { readUnits } from './units/read.ts'
export {
  type Container,
  type ContainerKind,
  type ContainerSection,
  containerKindOf,
  containerTypes,
  readContainer,
  sectionStates,
} from './edit/container.ts'
export { type Extras, readExtras, withExtrasOf } from './look/extras.ts'
export {
  isMapping,
  type MappedLook,
  mapValue,
  readMappings,
  type SpecialValue,
  specialValues,
  type ValueMapping,
} from './look/mappings.ts'
export { safePattern } from './look/pattern.ts'
export { type ColorRule, isColorRule, readColorRules, type RuleTarget, rulesFor, ruleTargets } from './look/rules.ts'
export { type Condition, type ConditionOperation, conditionOperations, holds } from './transform/condition.ts'
export { type ExpressionResult, expressionFunctions, readExpression } from './transform/expression.ts'
export {
  binaryOperations,
  type Calculation,
  type Folding,
  foldings,
  type Operand,
  type Transformation,
  type TransformationStep,
  type TransformationType,
  unaryOperations,
  windowOperations,
} from './transform/model.ts'
export { readTransformation, readTransformations } from './transform/read.ts'
export { applyTransformations, transformed } from './transform/steps.ts'
export {
  type Cell,
  type Column,
  type ColumnKind,
  columnNames,
  type OutputSeries,
  type SeriesInput,
  seriesOf,
  type Table,
  tableOf,
} from './transform/table.ts'
export {
  readVisibility,
  type ViewerRole,
  type VisibilityCondition,
  viewerRoles,
  visibilityScopes,
  type WidgetVisibility,
  withoutHidden,
} from './visibility/visibility.ts'
