using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Problems and sources that several tasks of the reproduction share.</summary>
internal static class Lab
{
    public const string Paper = "arXiv:2510.14074";

    public const string HighLine = "arXiv:2405.19585";

    public const string Derived = "derived (docs/systems/multiclass-sgd.md)";

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];
}
