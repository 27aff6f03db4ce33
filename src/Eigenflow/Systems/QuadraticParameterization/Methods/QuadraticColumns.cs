using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The columns of solutions.</summary>
internal static class QuadraticColumns
{
    /// <summary>Most modes whose slopes are columns.</summary>
    public const long MostWeights = 4096;

    public static readonly NamedQuantity Time = new("t", "t", "Flow time: the sum of the step sizes, t = Σ gη_k.") { AxisLabel = "flow time t" };
    public static readonly NamedQuantity Step = new("step", "k", "Number of update steps.") { AxisLabel = "step k" };
    public static readonly NamedQuantity Risk = new("risk", "R", "Excess risk R = E(f − y)² − σ² = Σ_{i ≤ M} λ_i (w_i − w*_i)² + Σ_{i > M} λ_i w*_i², without ½.") { AxisLabel = "excess risk R" };
    public static readonly NamedQuantity Product = new("product", "v₊v₋/c", "Product of the two weights of the first coordinate in parts of its start, for the signed model: the flow conserves it, noise makes it decay as exp(−Σ η²λ₁E r²).") { AxisLabel = "product v₊v₋/c" };

    /// <summary>All columns that solutions can have; w1 stands for the slopes of all modes.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Time, Step, Risk, Product, new("w1", "w₁", "Slope of the first coordinate; with weights = all there are w1 to wM.")];

    /// <summary>The slope of a coordinate.</summary>
    /// <param name="number">1 to M.</param>
    public static NamedQuantity Weight(int number) => number == 1 ? Described[^1] : new("w" + number.ToString(CultureInfo.InvariantCulture), "w_" + number.ToString(CultureInfo.InvariantCulture), "Slope of a coordinate.");

    /// <summary>The number of slopes that are columns.</summary>
    /// <exception cref="ParameterException">Too many.</exception>
    public static int Weights(QuadraticProblem problem, bool keeps) => !keeps ? 0
        : problem.ModelSize <= MostWeights ? (int)problem.ModelSize : throw new ParameterException("weights", "all", $"none for model-size above {MostWeights}", "choose a smaller model");

    /// <summary>What update rules observe, in their order.</summary>
    public static IReadOnlyList<NamedQuantity> Of(QuadraticProblem problem, int weights) =>
        [Risk, .. problem.Model == QuadraticModel.Signed ? [Product] : (NamedQuantity[])[], .. Enumerable.Range(1, weights).Select(Weight)];
}
