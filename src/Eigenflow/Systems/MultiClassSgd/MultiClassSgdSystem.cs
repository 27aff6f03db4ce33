namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>One-pass SGD on multi-class Gaussian mixtures (arXiv 2510.14074).</summary>
internal static class MultiClassSgdSystem
{
    public const string Identifier = "multiclass-sgd";
}
