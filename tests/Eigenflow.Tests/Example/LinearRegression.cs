using Eigenflow.Random;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Tests.Example;

/// <summary>
/// y = ⟨x, w*⟩ + ε with x ~ N(0, Λ), λ_j ∝ j^(−a) of trace one, w*_j = 1 and ε ~ N(0, σ²), learned from w = 0.
/// The loss is the excess risk L = ½ Σ λ_j δ_j² of δ = w − w*; it begins at ½.
/// </summary>
internal sealed record LinearRegression(int Dimension, double Exponent, double Noise) : IProblem
{
    public static readonly NamedQuantity Loss = new("loss", "L", "Excess risk ½ Σ λ_j δ_j².");
    public string SystemId => LinearRegressionSystem.Identifier;

    public double[] Eigenvalues()
    {
        var values = new double[Dimension];
        Spectrum.PowerLaw(Dimension, Exponent).Fill(0, values);
        return values;
    }

    public void Validate() => _ = (Spectrum.PowerLaw(Dimension, Exponent), LinearRegressionSystem.Noise.Check(Noise));
}

/// <summary>The state is m_j = E δ_j². Gradient descent: m_j ← (1 − ηλ_j)² m_j. SGD adds ηλ_j (ηλ_j m_j + η(2L + σ²)), exactly, by the fourth moments of Gaussian inputs.</summary>
internal sealed record SecondMoments(bool IsStochastic) : RuleMethod<LinearRegression>
{
    public override string Name => IsStochastic ? "theory" : "gd";
    private protected override IReadOnlyList<NamedQuantity> Quantities => [LinearRegression.Loss];
    private protected override StateRule Rule(LinearRegression problem) => new Recursion(problem, IsStochastic ? 1 : 0);

    private sealed class Recursion(LinearRegression problem, double sampling) : StateRule([.. Enumerable.Repeat(1.0, problem.Dimension)])
    {
        private readonly double[] eigenvalues = problem.Eigenvalues();
        public override double Bound => 1e6;

        public override void Update(long step, double rate)
        {
            var noise = (2 * Loss()) + problem.Noise;
            for (var j = 0; j < State.Length; j++)
            {
                var part = rate * eigenvalues[j];
                State[j] = ((1 - part) * (1 - part) * State[j]) + (sampling * part * ((part * State[j]) + (rate * noise)));
            }
        }

        public override void Observe(Span<double> row) => row[0] = Loss();

        private double Loss() => eigenvalues.Zip(State, (eigenvalue, moment) => eigenvalue * moment).Sum() / 2;
    }
}

/// <summary>One-pass SGD, a fresh sample per step: w ← w − η (⟨x, w⟩ − y) x. The state is δ.</summary>
internal sealed record OnlineSgd : SampledRuleMethod<LinearRegression>
{
    public override string Name => "sgd";
    private protected override IReadOnlyList<NamedQuantity> Quantities => [LinearRegression.Loss];
    private protected override string Identity(LinearRegression problem) => problem.ToString();
    private protected override StateRule Rule(LinearRegression problem, int replica) => new Descent(problem, new GaussianAddress((ulong)Seed, Stream: 0, replica, Step: 0));

    private sealed class Descent(LinearRegression problem, GaussianAddress address) : StateRule([.. Enumerable.Repeat(-1.0, problem.Dimension)])
    {
        private readonly double[] eigenvalues = problem.Eigenvalues(), sample = new double[problem.Dimension + 1];
        public override double Bound => 1e6;

        public override void Update(long step, double rate)
        {
            GaussianGenerator.Fill(address with { Step = step }, 0, sample);
            var error = -Math.Sqrt(problem.Noise) * sample[^1];
            for (var j = 0; j < State.Length; j++)
                error += (sample[j] *= Math.Sqrt(eigenvalues[j])) * State[j];
            for (var j = 0; j < State.Length; j++)
                State[j] -= rate * error * sample[j];
        }

        public override void Observe(Span<double> row) => row[0] = eigenvalues.Zip(State, (eigenvalue, delta) => eigenvalue * delta * delta).Sum() / 2;
    }
}
