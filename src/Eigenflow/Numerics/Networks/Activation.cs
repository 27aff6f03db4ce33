namespace Eigenflow.Numerics.Networks;

/// <summary>What a hidden unit does with its sum z.</summary>
public enum Activation
{
    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>z Φ(z) in its form with a hyperbolic tangent, ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))) (Hendrycks and Gimpel, arXiv 1606.08415), at most 5e-4 from the normal distribution function's.</summary>
    Gelu,

    /// <summary>z/(1 + e^(−z)), also called swish.</summary>
    Silu,

    /// <summary>max(z, 0); its slope at 0 is taken as 0.</summary>
    Relu,
}
