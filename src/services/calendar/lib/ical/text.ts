import { ICAL } from '../../../../vendor/ical';

export type Component = InstanceType<typeof ICAL.Component>;

/** Components of an iCalendar text. Throws when it is none. */
export function parseIcs(text: string): Component {
	return new ICAL.Component(ICAL.parse(text) as never[]);
}

/** Text of a property; empty when there is none. */
export const wordsOf = (component: Component, name: string): string =>
	String(component.getFirstPropertyValue(name) ?? '');

/** The component that is no exception of a series. */
export const masterOf = (components: readonly Component[]): Component | undefined =>
	components.find((one) => !one.hasProperty('recurrence-id')) ?? components[0];
