namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>How a student is obtained from data.</summary>
public enum StudentUpdate
{
    /// <summary>Gradient flow.</summary>
    Flow,

    /// <summary>Gradient descent with a learning rate; times between steps are those of the same power.</summary>
    Descent,

    /// <summary>Ridge regression with λ + 1/t in place of the time t.</summary>
    Ridge,
}

/// <summary>What is learned of an eigenvalue Λ of XᵀX: the factor f, by which Xᵀy becomes w. f Λ is the learned part.</summary>
/// <param name="Update">How.</param>
/// <param name="Ridge">λ ≥ 0.</param>
/// <param name="LearningRate">η, of gradient descent.</param>
internal readonly record struct SpectralFilter(StudentUpdate Update, double Ridge, double LearningRate)
{
    // Times of steps are products: what is whole up to rounding is whole.
    private const double Rounding = 1e-9;

    /// <summary>f(Λ) at a time; 0 on null directions without a ridge.</summary>
    public double Factor(double eigenvalue, double time)
    {
        var rate = eigenvalue + Ridge;
        if (time == 0 || eigenvalue == 0)
            return 0;
        return Update switch
        {
            StudentUpdate.Ridge => 1 / (rate + (1 / time)),
            StudentUpdate.Flow => -ExpM1(-rate * time) / rate,
            _ => Descended(LearningRate * rate, time / LearningRate) / rate,
        };
    }

    // 1 − (1 − x)^k, without cancellation; beyond one step the power of whole numbers alternates, and that of others is the size.
    private static double Descended(double x, double steps) => x switch
    {
        < 1 => -ExpM1(steps * LogP1(-x)),
        1 => 1,
        _ => 1 - (Math.Pow(x - 1, steps) * (Math.Abs(steps - Math.Round(steps)) < Rounding * steps && Math.Round(steps) % 2 == 1 ? -1 : 1)),
    };

    // Kahan's forms: all digits for small arguments.
    private static double ExpM1(double x)
    {
        var exponential = Math.Exp(x);
        return exponential == 1 ? x : exponential - 1 == -1 ? -1 : (exponential - 1) * x / Math.Log(exponential);
    }

    private static double LogP1(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
