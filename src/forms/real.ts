/**
 * What an element or a document itself has by a name: in a form, a field that is called so takes its
 * place (HTML, "named access"), in a document an image or a form.
 */
export function real<T extends Node, Name extends keyof T>(node: T, name: Name): T[Name] {
  const value: unknown = Reflect.get(Object.getPrototypeOf(node) as object, name, node);
  return (typeof value === 'function' ? value.bind(node) : value) as T[Name];
}
