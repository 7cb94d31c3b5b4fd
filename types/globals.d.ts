/** What Django's JavaScript catalog puts into every page. */
declare function gettext(text: string): string;
declare function ngettext(singular: string, plural: string, count: number): string;
declare function pgettext(context: string, text: string): string;
declare function interpolate(format: string, values: unknown[] | Record<string, unknown>, named?: boolean): string;

/** Of label/early_worker.js, until the layer of shapes takes it. */
declare var earlyWorker: Worker | null | undefined;
