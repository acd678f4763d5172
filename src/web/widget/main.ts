import { readWidgetConfig } from './config.js';
import { defineWidget } from './element.js';

const NAME = 'permanence-widget';

/** The script may be on a page twice, by a template and by a tag manager: the first one counts. */
if (!customElements.get(NAME)) {
  const script = document.currentScript ?? document.querySelector('script[src*="widget.js"]');
  const { src, dataset } = script as HTMLScriptElement;
  defineWidget(NAME, readWidgetConfig(src, dataset));
  if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
}
