using Eigenflow.Dynamics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Exact mean risk of SGD on the linear model: C_i = E (w_i − w*_i)², C_i ← C_i (1 − 2ηλ_i + η²λ_i²(1 + 1/B)) + (η²/B) λ_i (Σ λC + tail + σ²), from E[xxᵀCxxᵀ] = 2HCH + H tr(HC). A rotation of the inputs
/// changes nothing. Work 5 operations per mode and step.
/// </summary>
internal sealed class LinearMomentRule : StateRule
{
    private readonly double[] eigenvalues;
    private readonly double factor, batch, noise, tail;
    private double learned;

    /// <param name="problem">The problem.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="batch">B.</param>
    public LinearMomentRule(QuadraticProblem problem, double factor, double batch)
        : base([.. problem.Modes().Target.Select(target => target * target)])
    {
        (this.factor, this.batch) = (factor, batch);
        eigenvalues = problem.Modes().Eigenvalues;
        tail = problem.Tail;
        noise = problem.Noise + tail;
        learned = Sum();
        Bound = RuleStart.LargestGrowth * (learned + noise + 1);
    }

    public override double Bound { get; }

    public override void Update(long step, double rate)
    {
        rate *= factor;
        var (drive, growth, sum) = (rate * rate / batch * (learned + noise), 1 + (1 / batch), 0.0);
        for (var i = State.Length - 1; i >= 0; i--)
        {
            var (eigenvalue, part) = (eigenvalues[i], rate * eigenvalues[i]);
            var moment = (State[i] * (1 - (2 * part) + (part * part * growth))) + (drive * eigenvalue);
            State[i] = moment;
            sum += eigenvalue * moment;
        }

        learned = sum;
    }

    public override void Observe(Span<double> row) => row[0] = learned + tail;

    private double Sum()
    {
        var sum = 0.0;
        for (var i = State.Length - 1; i >= 0; i--)
            sum += eigenvalues[i] * State[i];
        return sum;
    }
}
