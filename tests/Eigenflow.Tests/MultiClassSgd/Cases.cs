using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>The mixtures of the reference cases.</summary>
internal static class Cases
{
    public static readonly ClassLoss Logistic = new LogisticLoss();
    public static readonly ClassLoss LeastSquares = new LeastSquaresLoss();

    /// <summary>Classes (μ, K, +1) and (−μ, K, −1).</summary>
    public static MultiClassProblem Symmetric(ClassLoss loss, ClassSpectrum spectrum, long dimension = 50, MeanProfile? mean = null) => TwoClasses(loss, 0.5, spectrum, spectrum, mean ?? MeanProfile.Flat, dimension);

    /// <summary>Classes (μ, K_1, +1) and (−μ, K_2, −1).</summary>
    public static MultiClassProblem TwoClasses(ClassLoss loss, double probability, ClassSpectrum first, ClassSpectrum second, MeanProfile mean, long dimension) => new()
    {
        Dimension = dimension,
        Loss = loss,
        Classes = [new MixtureClass(probability, mean, first), new MixtureClass(1 - probability, mean, second) { MeanSize = -1, Label = -1 }],
    };

    /// <summary>Case A6: two asymmetric classes.</summary>
    public static MultiClassProblem Asymmetric(ClassLoss loss)
    {
        const int Size = 50;
        double[] up = [.. Enumerable.Range(1, Size).Select(rho => (double)rho / Size)];
        return new()
        {
            Dimension = Size,
            Loss = loss,
            Classes =
            [
                new MixtureClass(0.3, MeanProfile.Flat, ClassSpectrum.Of(up)),
                new MixtureClass(0.7, MeanProfile.Of([.. Enumerable.Range(0, Size).Select(k => -(k % 2 == 0 ? 1.2 : 0.4) / Math.Sqrt(Size))]), ClassSpectrum.Of([.. up.Reverse()])) { Label = -1 },
            ],
        };
    }

    /// <summary>Case A7: three classes.</summary>
    public static MultiClassProblem ThreeClasses(ClassLoss loss) => new()
    {
        Dimension = 30,
        Loss = loss,
        Classes = [.. Enumerable.Range(1, 3).Select(i => new MixtureClass(i / 6.0, MeanProfile.Cosine(i), ClassSpectrum.PowerLaw(0.5 + (0.5 * (i - 1)))) { MeanSize = 1.5 })],
    };

    /// <summary>The theory at some times, to ten digits.</summary>
    public static Solution Theory(MultiClassProblem problem, double rate, double[] times, ModeRepresentation modes = ModeRepresentation.Full, LearningRateRule? rule = null) =>
        problem.Solve(new MultiClassTheory { LearningRate = rate, Rule = rule, Times = times, Modes = modes, RelativeTolerance = 1e-10 });

    /// <summary>The continuum at some times.</summary>
    public static Solution Continuum(MultiClassProblem problem, double rate, params double[] times) => problem.Solve(new MultiClassTheory { LearningRate = rate, Times = times, IsContinuum = true, RelativeTolerance = 1e-10 });
}
