// Errors made by Node itself are not `instanceof Error` inside jest's realm; both hosts rely on that test.
for (const Class of [Error, TypeError, RangeError, SyntaxError]) {
	Object.defineProperty(Class, Symbol.hasInstance, {
		value(value) {
			return (
				Function.prototype[Symbol.hasInstance].call(this, value) ||
				(this === Class && Error.isError(value) && (Class === Error || value.name === Class.name))
			);
		},
	});
}
