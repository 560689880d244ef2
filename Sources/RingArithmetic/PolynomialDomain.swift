/// What the residues of a polynomial stand for.
package protocol PolynomialDomain: Sendable {}

/// Residues are coefficients of powers of X, lowest first.
package enum CoefficientDomain: PolynomialDomain {}

/// Residues are values at the roots, in the order of the transform.
package enum EvaluationDomain: PolynomialDomain {}
