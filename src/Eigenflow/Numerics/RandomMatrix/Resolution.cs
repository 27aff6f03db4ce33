namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>What is learned of a population at a renormalised ridge κ.</summary>
/// <param name="Kappa">κ.</param>
/// <param name="Learned">n = Σ m η/(η + κ), with x/κ of additive noise.</param>
/// <param name="Missing">Rank − n = Σ m κ/(η + κ), without cancellation; infinity with additive noise.</param>
/// <param name="Spread">n₁ − n₂ = Σ m ηκ/(η + κ)², with x/κ: the derivative −dn/dlog κ.</param>
/// <param name="Second">n₂ = Σ m η²/(η + κ)².</param>
/// <param name="Target">t₁ = Σ c/(η + κ).</param>
/// <param name="Unlearned">κ² t₁′ = Σ c (κ/(η + κ))²: the bias; within the range of numbers for every κ.</param>
/// <param name="TargetSecond">t₂ = Σ c η/(η + κ)².</param>
public readonly record struct Resolution(double Kappa, double Learned, double Missing, double Spread, double Second, double Target, double Unlearned, double TargetSecond);
